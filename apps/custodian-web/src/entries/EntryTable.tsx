import type { AllowlistRowView } from '@anw/api-contracts';
import { Badge, type BadgeTone, type Column, DataTable, formatInstant } from '@anw/web-ui';
import type { ReactNode } from 'react';
import { useTurnedPage } from '../use-turned-page.js';
import { EntryActions } from './EntryActions.js';
import './entries.css';

export type EntryMembers = Pick<AllowlistRowView, 'id' | 'validFrom' | 'validUntil' | 'state' | 'stateText' | 'history' | 'mayApprove' | 'mayEnd'>;

const tones: Readonly<Record<EntryMembers['state'], BadgeTone>> = { pending: 'warning', future: 'info', current: 'success', ended: 'neutral', withdrawn: 'neutral' };

export interface EntryTableProps<E extends EntryMembers> {
  readonly caption: string;
  readonly entries: readonly E[];
  /** What the entry is about. */
  readonly columns: readonly Column<E>[];
  readonly nameOf: (entry: E) => string;
  /** `/api/allowlist` */
  readonly path: string;
  readonly empty: ReactNode;
  /** Which page of them it is. */
  readonly page: string | undefined;
  /** Others than these were asked for and are on their way. */
  readonly awaitsOthers: boolean;
}

/** Entries with who, when and why, and what this person can do with each. */
export function EntryTable<E extends EntryMembers>({ caption, entries, columns, nameOf, path, empty, page, awaitsOthers }: EntryTableProps<E>) {
  const begin = useTurnedPage(page);
  const all: readonly Column<E>[] = [
    ...columns,
    { header: 'Stand', cell: ({ state, stateText }) => <Badge tone={tones[state]}>{stateText}</Badge> },
    { header: 'Geldt', cell: ({ validFrom, validUntil }) => <>van {formatInstant(validFrom)}<br />{validUntil === undefined ? 'tot iemand het beëindigt' : `tot ${formatInstant(validUntil)}`}</> },
    { header: 'Wie, wanneer, waarom', cell: ({ history }) => <History steps={history} /> },
    { header: 'Doen', cell: (entry) => <EntryActions entry={entry} name={nameOf(entry)} path={path} /> },
  ];
  return (
    <div ref={begin} tabIndex={-1}>
      <DataTable caption={caption} columns={all} rows={awaitsOthers ? [] : entries} rowKey={({ id }) => id} empty={awaitsOthers ? 'Even geduld…' : empty} />
    </div>
  );
}

function History({ steps }: { readonly steps: EntryMembers['history'] }) {
  if (steps.length === 0) return <span className="custodian-muted">Niet bekend</span>;
  return (
    <ul className="custodian-history">
      {steps.map(({ what, at, by, reason }) => (
        <li key={`${what} ${at}`}>{what} door {by}, {formatInstant(at)}{reason !== undefined && <>: “{reason}”</>}</li>
      ))}
    </ul>
  );
}
