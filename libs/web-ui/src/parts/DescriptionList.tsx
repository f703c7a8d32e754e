import type { ReactNode } from 'react';

export interface Description {
  readonly term: string;
  readonly details: ReactNode;
}

/** Terms with what holds for them; one without details is left out. */
export function DescriptionList({ items }: { readonly items: readonly Description[] }) {
  return (
    <dl className="utrecht-data-list utrecht-data-list--rows anw-descriptions">
      {items.filter(({ details }) => details !== undefined && details !== null && details !== '').map(({ term, details }) => (
        <div key={term} className="utrecht-data-list__item">
          <dt className="utrecht-data-list__item-key">{term}</dt>
          <dd className="utrecht-data-list__item-value">{details}</dd>
        </div>
      ))}
    </dl>
  );
}
