import { z } from 'zod';
import { serviceNames } from './sample/organisations.js';

const ServiceName = z.enum(serviceNames);

const ServiceUrls = z.strictObject({
  /** HTTPS; other organisations come in here. */
  partner: z.url(),
  /** Browser pages and their API. */
  staff: z.url(),
  /** Health, metrics, administration; loopback. */
  operator: z.url(),
});

/** `region.json`: where everything of a running region is (design §7). Holds passwords of made-up people. */
export const RegionFile = z.strictObject({
  services: z.strictObject({ regisseur: ServiceUrls, custodian: ServiceUrls, actor: ServiceUrls }),
  organisations: z.array(
    z.strictObject({ service: ServiceName, name: z.string(), displayName: z.string(), did: z.string(), issuer: z.url() }),
  ),
  /** Paths of the PEM files of the private certificate authority. */
  authority: z.strictObject({ certificate: z.string(), privateKey: z.string() }),
  oidc: z.strictObject({
    issuer: z.url(),
    users: z.array(
      z.strictObject({
        username: z.string(),
        password: z.string(),
        organisation: z.string(),
        employeeNumber: z.string(),
        name: z.string(),
        roleName: z.string(),
        roles: z.array(z.string()),
      }),
    ),
  }),
  database: z.strictObject({
    /** Superuser of the whole server. */
    server: z.url(),
    services: z.strictObject({
      regisseur: z.strictObject({ url: z.url(), ownerUrl: z.url() }),
      custodian: z.strictObject({ url: z.url(), ownerUrl: z.url() }),
      actor: z.strictObject({ url: z.url(), ownerUrl: z.url() }),
    }),
  }),
  bus: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('nats'), url: z.url() }),
    /** Notifications go by HTTPS alone; the reason is a sentence. */
    z.strictObject({ kind: z.literal('none'), reason: z.string() }),
  ]),
  /** The synthetic clients, each at its custodian. */
  patients: z.array(
    z.strictObject({
      custodian: z.string(),
      id: z.string(),
      /** The regisseur's handle for this patient. */
      handle: z.string(),
      familyName: z.string(),
      name: z.string(),
      birthDate: z.iso.date(),
      bsn: z.string().optional(),
    }),
  ),
});
export type RegionFile = z.infer<typeof RegionFile>;
