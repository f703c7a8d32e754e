import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { BrokenPage } from './BrokenPage.js';

interface Props {
  /** Another place is another try. */
  readonly place: string;
  readonly children: ReactNode;
}

interface State {
  readonly place: string;
  readonly isBroken: boolean;
}

/** A page that fails while it is drawn says so, until she goes elsewhere. */
export function CatchFaults({ children }: { readonly children: ReactNode }) {
  return <Boundary place={useLocation().key}>{children}</Boundary>;
}

class Boundary extends Component<Props, State> {
  override state: State = { place: this.props.place, isBroken: false };

  static getDerivedStateFromError(): Partial<State> {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ place }: Props, known: State): State | null {
    return place === known.place ? null : { place, isBroken: false };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <BrokenPage /> : this.props.children;
  }
}
