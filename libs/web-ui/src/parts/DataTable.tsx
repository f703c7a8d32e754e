import type { Key, ReactNode } from 'react';

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Names the row; at most one column. */
  readonly isRowHeader?: boolean;
}

export interface DataTableProps<Row> {
  readonly caption: ReactNode;
  /** Reads the caption out, but does not show it. */
  readonly captionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => Key;
  /** Shown instead of rows. */
  readonly empty?: ReactNode;
}

/** A table; on a narrow screen each row becomes a block with its column names before the values. */
export function DataTable<Row>({ caption, captionHidden = false, columns, rows, rowKey, empty = 'Geen gegevens.' }: DataTableProps<Row>) {
  return (
    <div className="anw-table-frame">
      <table className="utrecht-table anw-table">
        <caption className={captionHidden ? 'anw-visually-hidden' : 'utrecht-table__caption'}>{caption}</caption>
        <thead className="utrecht-table__header">
          <tr className="utrecht-table__row">
            {columns.map(({ header, numeric }) => (
              <th key={header} scope="col" className={`utrecht-table__header-cell${numeric ? ' utrecht-table__header-cell--numeric-column' : ''}`}>{header}</th>
            ))}
          </tr>
        </thead>
        <tbody className="utrecht-table__body">
          {rows.length === 0 && (
            <tr className="utrecht-table__row"><td className="utrecht-table__cell" colSpan={columns.length}>{empty}</td></tr>
          )}
          {rows.map((row) => (
            <tr key={rowKey(row)} className="utrecht-table__row">
              {columns.map(({ header, cell, numeric, isRowHeader }) => {
                const className = `utrecht-table__cell${numeric ? ' utrecht-table__cell--numeric-column' : ''}`;
                return isRowHeader
                  ? <th key={header} scope="row" data-label={header} className={className}>{cell(row)}</th>
                  : <td key={header} data-label={header} className={className}>{cell(row)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
