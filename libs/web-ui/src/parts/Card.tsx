import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.js';

export interface CardProps {
  readonly title?: ReactNode;
  readonly level?: 2 | 3 | 4;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A section of a page that belongs together, named by its title. */
export function Card({ title, level = 2, aside, children, className }: CardProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  if (title === undefined) return <div className={classNames('anw-card', className)}>{children}</div>;
  return (
    <section className={classNames('anw-card', className)} aria-labelledby={id}>
      <div className="anw-card-top">
        <Heading id={id} className={`nl-heading nl-heading--level-${level + 1}`}>{title}</Heading>
        {aside}
      </div>
      {children}
    </section>
  );
}
