import { eventually, type Region, type ServiceName } from '@anw/region';
import { freePort } from '@anw/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A second process of a service of the region, over the same database, behind doors of its own. */
export interface Replica {
  /** Where its partner door listens; its issuers and DIDs are those of the region's own process. */
  readonly port: number;
  stop(): Promise<void>;
}

/** @param changes to the settings of the region's own process */
export async function startReplica(region: Region, service: ServiceName, changes: NodeJS.ProcessEnv): Promise<Replica> {
  const [partner, staff, operator] = [await freePort(), await freePort(), await freePort()];
  const script = join(import.meta.dirname, '..', '..', 'apps', service, 'dist', 'service.js');
  const env = { ...region.service(service).environment, PARTNER_PORT: String(partner), STAFF_PORT: String(staff), OPERATOR_PORT: String(operator), ...changes };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await eventually('the replica is ready', async () => {
      if (child.exitCode !== null) throw new Error(`the replica ended with ${child.exitCode}`);
      const { status } = await fetch(`http://127.0.0.1:${operator}/health/ready`).catch(() => ({ status: 0 }));
      return status === 200 ? true : undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: partner, stop };
}
