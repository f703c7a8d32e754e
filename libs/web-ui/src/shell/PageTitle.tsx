import { type ReactNode, useEffect } from 'react';

/** The one heading of a page, which is also the title of the document. Never a client's name: the browser keeps titles. */
export function PageTitle({ children, aside }: { readonly children: string; readonly aside?: ReactNode }) {
  useEffect(() => {
    const before = document.title;
    document.title = children;
    return () => void (document.title = before);
  }, [children]);
  return (
    <div className="anw-page-top">
      <h1 className="nl-heading nl-heading--level-1">{children}</h1>
      {aside}
    </div>
  );
}
