import { JetStreamTransport } from '@anw/jetstream';
import { OutboxRelay } from '@anw/notifications';
import { Database, type OrganisationDirectory, SignalListener } from '@anw/persistence';
import type { ConnectStep, ProviderSource } from '@anw/platform';
import type { ManagedOrganisationIdentities } from '@anw/veramo';
import { Housekeeping } from './housekeeping/housekeeping.js';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from './identity/identity-tokens.js';
import { LogKeeper } from './log/log-keeper.js';

/** What every service waits for before it works: database with migrations, usable keys, signals, and the bus where there is one. */
export function serviceConnectSteps(core: ProviderSource): readonly ConnectStep[] {
  const database = core.get<Database>(Database);
  const transport = core.get<JetStreamTransport>(JetStreamTransport);
  return [
    { name: 'database', connect: () => database.connect(), probe: () => database.ping() },
    { name: 'keys', needs: ['database'], connect: () => makeKeysUsable(core.get<ManagedOrganisationIdentities>(ORGANISATION_IDENTITIES)) },
    { name: 'organisations', needs: ['keys'], connect: () => serveOrganisations(core.get<OrganisationDirectory>(ORGANISATION_DIRECTORY), transport) },
    { name: 'signals', needs: ['database'], connect: () => core.get<SignalListener>(SignalListener).connect() },
    { name: 'outbox relay', needs: ['organisations'], connect: async () => core.get<OutboxRelay>(OutboxRelay).start() },
    { name: 'housekeeping', needs: ['organisations'], gatesDoors: false, connect: async () => core.get<Housekeeping>(Housekeeping).start() },
    { name: 'log keeper', needs: ['organisations'], gatesDoors: false, connect: async () => core.get<LogKeeper>(LogKeeper).start() },
    // Without the bus notifications go by HTTPS: partners and staff need not wait for it.
    { name: 'bus', needs: ['organisations'], gatesDoors: false, connect: () => assertUp(transport), probe: () => assertUp(transport) },
  ];
}

/** What was sealed with a previous encryption key is sealed anew, so that the previous one can go. */
async function makeKeysUsable(identities: ManagedOrganisationIdentities): Promise<void> {
  await identities.assertUsable();
  await identities.resealKeys();
}

async function serveOrganisations(directory: OrganisationDirectory, transport: JetStreamTransport): Promise<void> {
  for (const organisation of await directory.listOrganisations()) transport.serve(organisation);
}

async function assertUp(transport: JetStreamTransport): Promise<void> {
  const { up, detail } = transport.readiness();
  if (!up) throw new Error(detail);
}
