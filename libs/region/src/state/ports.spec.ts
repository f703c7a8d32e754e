import { createServer } from 'node:net';
import { ephemeralPorts, fixedPorts, RegionPorts, requireFreePorts } from './ports.js';

describe('ports of a region', () => {
  it('are all different when they are fixed', () => {
    const ports = [...Object.values(fixedPorts)].flatMap((port) => (typeof port === 'number' ? [port] : Object.values(port)));
    expect(new Set(ports).size).toBe(12);
  });

  it('are all different when they are ephemeral', async () => {
    const ports = RegionPorts.parse(await ephemeralPorts());
    expect(new Set(Object.values(ports).flatMap((port) => (typeof port === 'number' ? [port] : Object.values(port)))).size).toBe(12);
  });

  it('name who is in the way when one is taken', async () => {
    const ports = await ephemeralPorts();
    const other = createServer().listen(ports.custodian.staff, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await expect(requireFreePorts(ports, { postgres: true, nats: true })).rejects.toThrow(`These ports are in use by another program: ${ports.custodian.staff} (staff door of the custodian).`);
    await new Promise((resolve) => other.close(resolve));
    await expect(requireFreePorts(ports, { postgres: true, nats: true })).resolves.toBeUndefined();
  });

  it('of servers that the region does not start may be taken', async () => {
    const ports = await ephemeralPorts();
    const other = createServer().listen(ports.nats, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await expect(requireFreePorts(ports, { postgres: true, nats: false })).resolves.toBeUndefined();
    await new Promise((resolve) => other.close(resolve));
  });
});
