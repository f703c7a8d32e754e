import type { Recipient } from '@anw/notifications';
import { AuditTrailTable, createOrganisationDirectory } from '@anw/persistence';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { type OrganisationId, OrganisationName } from '@anw/values';
import { createKeyEncryption, createOrganisationIdentities, KeyEncryptionKey } from '@anw/veramo';
import { serviceCoreEntities } from '../service-core-tables.js';
import { CreateServiceCore1700000000000 } from '../service-core.fixture.js';
import { OrganisationRegistration } from './organisation-registration.js';

const linde = { name: OrganisationName.parse('de-linde'), displayName: 'Thuiszorg De Linde', city: 'Zutphen' };

let test: TestDatabase;
const served: Recipient[] = [];
beforeEach(async () => {
  test = await createTestDatabase([CreateServiceCore1700000000000], serviceCoreEntities);
  served.length = 0;
});
afterEach(() => test.drop());

/** Over the real database and the real agent; the bus only notes whom it was told to serve. */
function registration(): OrganisationRegistration {
  const { database } = test;
  const clock = () => new Date();
  const encryption = createKeyEncryption(KeyEncryptionKey.parse(Buffer.alloc(32, 7).toString('base64')));
  const identities = createOrganisationIdentities({ database, clock, encryption, partnerUrl: 'https://custodian.example', servesFhir: true });
  return new OrganisationRegistration(identities, createOrganisationDirectory(database), { serve: (recipient: Recipient) => void served.push(recipient) } as never, database, clock);
}

async function add(facts = linde) {
  const organisation = await registration().add(facts);
  if (organisation === 'differs') throw new Error('must be the same');
  return organisation;
}

const logOf = async (organisation: OrganisationId) => (await test.database.withOrganisation(organisation, (tx) => new AuditTrailTable(tx).listEvents({ limit: 10 }))).map(({ name, actor }) => ({ name, actor }));

describe('registration of an organisation at the operator door', () => {
  it('gives it a DID under this service, a consumer on the bus and a row in its log', async () => {
    const { id, did } = await add();
    expect(did).toBe(`did:web:custodian.example:iam:${id}`);
    expect(served).toMatchObject([{ id, did }]);
    expect(await logOf(id)).toEqual([{ name: 'organisation.added', actor: did }]);
  });

  it('is done once, however often it is asked: the same DID, one row', async () => {
    const first = await add();
    expect(await add()).toEqual(first);
    expect(await registration().list()).toEqual([first]);
    expect(await logOf(first.id)).toHaveLength(1);
  });

  it('does not change an organisation that is there under other facts', async () => {
    const { id } = await add();
    expect(await registration().add({ ...linde, city: 'Deventer' })).toBe('differs');
    expect(await registration().list()).toMatchObject([{ id, city: 'Zutphen' }]);
    expect(await logOf(id)).toHaveLength(1);
  });
});
