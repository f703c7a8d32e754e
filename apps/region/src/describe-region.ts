import { type RegionFile, sampleOrganisations } from '@anw/region';

/** What somebody who has just started a region wants to know: where to go, and as whom. */
export function describeRegion(file: RegionFile, filePath: string): string {
  return [
    '',
    'The region is up.',
    '',
    'Pages',
    `  Regisseur (triage desk)    ${file.services.regisseur.staff}`,
    `  Bronhouder (care record)   ${file.services.custodian.staff}`,
    `  Zorgverlener (nurse)       ${file.services.actor.staff}`,
    '',
    'Logins',
    ...logins(file),
    '',
    `Notifications: ${file.bus.kind === 'nats' ? `over NATS JetStream at ${file.bus.url}` : file.bus.reason}`,
    `PostgreSQL:    ${withoutPassword(file.database.server)}`,
    `All addresses, DIDs and passwords: ${filePath}`,
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function logins({ oidc, organisations }: RegionFile): string[] {
  return oidc.users.map((user) => {
    const service = sampleOrganisations.find(({ name }) => name === user.organisation)?.service ?? '';
    const organisation = organisations.find(({ name }) => name === user.organisation)?.displayName ?? user.organisation;
    return `  ${user.username.padEnd(8)} ${user.password.padEnd(11)} ${service.padEnd(10)} ${user.name}, ${user.roleName.toLowerCase()} bij ${organisation}`;
  });
}

function withoutPassword(url: string): string {
  return Object.assign(new URL(url), { password: '' }).toString();
}
