import type { StaffUser } from '@anw/identity';
import { escapeHtml } from './escape-html.js';

/** What people meet at the root of a staff door that has no web app: which service this is, and who they are to it. */
export function frontPage(title: string, user: StaffUser | undefined): string {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>ANW-zorg: zorg thuis in de avond, de nacht en het weekend.</p>
${user === undefined ? invitation : introduction(user)}
</main>
</body>
</html>
`;
}

const invitation = `<p>U bent niet ingelogd.</p>
<p><a href="/login">Inloggen</a></p>`;

function introduction({ name, identifier, organisation, roleName, roles, authenticatedAt, assuranceLevel, means }: StaffUser): string {
  const facts = [
    ['Naam', name],
    ['Medewerkernummer', identifier],
    ['Functie', roleName],
    ['Organisatie', organisation],
    ['Rollen', roles.join(', ')],
    ['Ingelogd', inDutchTime(authenticatedAt)],
    ['Betrouwbaarheidsniveau', assuranceLevel],
    ['Inlogmiddel', means],
  ] as const;
  return `<p>U bent ingelogd.</p>
<dl>
${facts.map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}
</dl>
<p><a href="/login">Opnieuw inloggen</a></p>`;
}

function inDutchTime(instant: Date): string {
  return instant.toLocaleString('nl-NL', { timeZone: 'Europe/Amsterdam', dateStyle: 'long', timeStyle: 'short' });
}
