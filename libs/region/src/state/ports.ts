import { freePort } from '@anw/testing';
import { createServer } from 'node:net';
import { z } from 'zod';
import { RegionError } from '../region-error.js';
import { serviceNames } from '../sample/organisations.js';

const Port = z.int().min(1).max(65_535);
const DoorPorts = z.strictObject({ partner: Port, staff: Port, operator: Port });

/** Every TCP port of a region; kept in its state, because the partner ports are part of the organisations' DIDs. */
export const RegionPorts = z.strictObject({
  oidc: Port,
  postgres: Port,
  nats: Port,
  regisseur: DoorPorts,
  custodian: DoorPorts,
  actor: DoorPorts,
});
export type RegionPorts = z.infer<typeof RegionPorts>;
export type DoorPorts = z.infer<typeof DoorPorts>;

/** What a developer finds in README and bookmarks. */
export const fixedPorts: RegionPorts = {
  oidc: 4100,
  postgres: 4101,
  nats: 4102,
  regisseur: { partner: 4110, staff: 4111, operator: 4112 },
  custodian: { partner: 4120, staff: 4121, operator: 4122 },
  actor: { partner: 4130, staff: 4131, operator: 4132 },
};

/** Ports that were free a moment ago, all different, for regions that run beside each other in tests. */
export async function ephemeralPorts(): Promise<RegionPorts> {
  const ports = new Set<number>();
  while (ports.size < 12) ports.add(await freePort());
  const next = ports.values();
  const take = (): number => next.next().value as number;
  const doors = (): DoorPorts => ({ partner: take(), staff: take(), operator: take() });
  return { oidc: take(), postgres: take(), nats: take(), regisseur: doors(), custodian: doors(), actor: doors() };
}

/** @throws RegionError that names every port of ours that someone else listens on. */
export async function requireFreePorts(ports: RegionPorts, own: { readonly postgres: boolean; readonly nats: boolean }): Promise<void> {
  const wanted = new Map<string, number>([['login server', ports.oidc]]);
  if (own.postgres) wanted.set('PostgreSQL', ports.postgres);
  if (own.nats) wanted.set('NATS', ports.nats);
  for (const service of serviceNames) {
    for (const door of ['partner', 'staff', 'operator'] as const) wanted.set(`${door} door of the ${service}`, ports[service][door]);
  }
  const taken: string[] = [];
  for (const [use, port] of wanted) if (!(await isFree(port))) taken.push(`${port} (${use})`);
  if (taken.length === 0) return;
  throw new RegionError(`These ports are in use by another program: ${taken.join(', ')}. Stop that program, or look whether another region is running.`);
}

/** What is wanted and what is asked is the same thing: to listen there. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
