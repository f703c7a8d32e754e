import type { ReactNode } from 'react';

export type BadgeTone = 'neutral' | 'info' | 'success' | 'warning' | 'error';

/** A short word about a state; the word says it, the colour helps. */
export function Badge({ tone = 'neutral', icon, children }: { readonly tone?: BadgeTone; readonly icon?: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={`nl-data-badge anw-badge anw-badge--${tone}`}>
      {icon !== undefined && <span aria-hidden="true" className="anw-badge-icon">{icon}</span>}
      {children}
    </span>
  );
}
