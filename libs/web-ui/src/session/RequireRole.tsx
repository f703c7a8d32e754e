import type { ReactNode } from 'react';
import { Alert } from '../parts/Alert.js';
import { PageTitle } from '../shell/PageTitle.js';
import { useMe } from './me.js';

/** Whether this person has at least one of these roles; none named: anyone. The server decides, this only spares a look at a closed door. */
export function hasRole(roles: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.some((role) => roles.includes(role));
}

/** Shows a page to who has one of its roles, and says so to who has not. */
export function RequireRole({ roles, children }: { readonly roles: readonly string[]; readonly children: ReactNode }) {
  const me = useMe();
  if (hasRole(me.roles, roles)) return children;
  return (
    <>
      <PageTitle>Geen toegang</PageTitle>
      <Alert kind="warning" title="Deze pagina is niet voor uw functie">
        <p>U bent ingelogd als {me.roleName}. Klopt dat niet, vraag dan de applicatiebeheerder van {me.organisationName} om de juiste rol.</p>
      </Alert>
    </>
  );
}
