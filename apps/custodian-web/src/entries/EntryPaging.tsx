import { Button } from '@anw/web-ui';
import type { EntryPage } from './use-entry-page.js';

export interface EntryPagingProps extends Pick<EntryPage, 'place' | 'goTo'> {
  readonly next: string | undefined;
}

/** To the page after this one; back is the browser's own. */
export function EntryPaging({ place: { after }, goTo, next }: EntryPagingProps) {
  if (after === undefined && next === undefined) return null;
  return (
    <nav className="anw-actions" aria-label="Bladeren">
      {after !== undefined && <Button onClick={() => goTo(undefined)}>Naar het begin</Button>}
      {next !== undefined && <Button kind="primary" onClick={() => goTo(next)}>Volgende 25</Button>}
    </nav>
  );
}
