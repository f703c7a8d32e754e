import type { EnrolReport } from '@anw/api-contracts';
import { Alert } from '@anw/web-ui';

/** What became of each client: those that were refused first, for they need somebody. */
export function EnrolledReport({ report: { results } }: { readonly report: EnrolReport }) {
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  const done = results.length - refused.length;
  const text = `${done} van ${results.length} ${results.length === 1 ? 'cliënt' : 'cliënten'} ${results.some(({ outcome }) => outcome === 'waits') ? 'voorgesteld' : 'aangemeld'}`;
  return (
    <Alert kind={refused.length === 0 ? 'success' : 'warning'} title={text}>
      {refused.length > 0 && <ul>{refused.map(({ patient, text: why }) => <li key={patient}><strong>{patient}</strong>: {why}</li>)}</ul>}
    </Alert>
  );
}
