import type { ChainBreak, LogReport } from '@anw/audit';
import type { Organisation } from '@anw/identity';

/** What was found, as lines of text. */
export function describeReport({ displayName, name }: Organisation, report: LogReport): readonly string[] {
  const log = `The log of ${displayName} (${name})`;
  if (report.break !== undefined) return [`${log} is BROKEN at row ${report.break.sequence}: ${causes[report.break.kind]} (link ${report.break.position}).`, ...extent(report)];
  if (report.badHead !== undefined) return [`${log} has a signed head${report.badHead.position === undefined ? '' : ` of link ${report.badHead.position}`} that does not hold: ${report.badHead.reason}.`, ...extent(report)];
  return [`${log} holds.`, ...extent(report)];
}

const causes: Readonly<Record<ChainBreak['kind'], string>> = {
  'row-altered': 'it was changed after it was sealed',
  'row-missing': 'it was sealed, and is gone',
  'row-inserted': 'it was not there when its neighbours were sealed',
  'link-altered': 'the link that seals it and the rows after it was changed',
  'link-missing': 'the link that sealed it and the rows after it is gone',
  'head-contradicted': 'from there on the chain is not the one that the organisation signed',
};

function extent({ sealedRows, links, expiredRows, unsealedRows, heads, unprovenHeads, confirmed }: LogReport): readonly string[] {
  return [
    `${sealedRows} rows in ${links} links are as they were sealed.`,
    ...(heads > 0 ? [`${heads} signed heads hold; they confirm the rows up to ${confirmed.through}.`] : ['No signed head confirms them.']),
    ...(unprovenHeads > 0 ? [`${unprovenHeads} heads were signed with a key that was withdrawn, and prove nothing.`] : []),
    ...(expiredRows > 0 ? [`${expiredRows} rows are gone whose period of retention was over.`] : []),
    ...(unsealedRows > 0 ? [`${unsealedRows} rows have not been sealed yet.`] : []),
  ];
}
