import { ConfigurationError, type Environment } from '../config/read-config.js';
import type { ServiceLogger } from '../logging/service-logger.js';
import { PortTakenError } from './port-taken-error.js';
import { type RunningService, type ServiceDefinition, startService } from './start-service.js';

/** The slice of `process` that a service runs in. */
export interface ServiceProcess {
  readonly env: Environment;
  readonly stderr: { write(text: string): unknown };
  on(event: string, listener: (argument: unknown) => void): unknown;
  exit(code: number): void;
}

/** Longer than this, what still runs is cut off: an orchestrator would do so anyway. */
const DRAIN_MILLISECONDS = 10_000;

/**
 * What a service's `main.ts` calls: reads the environment, starts, stops on SIGTERM and SIGINT. Whatever prevents the
 * start is said in plain words on standard error, with exit code 1; an error that nobody caught ends the process,
 * because its state can no longer be trusted.
 */
export async function runService(define: (environment: Environment) => ServiceDefinition, host: ServiceProcess = process as ServiceProcess): Promise<void> {
  try {
    const definition = define(host.env);
    endOnUnhandledErrors(host, definition.logger);
    const service = await startService(definition);
    service.metrics.collectProcessMetrics();
    stopOnSignals(host, service, definition.logger);
  } catch (error) {
    host.stderr.write(`${sentence(error)}\n`);
    host.exit(1);
  }
}

/** People read what we foresaw; what we did not foresee they must be able to send us. */
function sentence(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof PortTakenError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function stopOnSignals(host: ServiceProcess, service: RunningService, logger: ServiceLogger): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info(`${signal}: stopping`);
    setTimeout(() => host.exit(1), DRAIN_MILLISECONDS).unref();
    try {
      await service.stop();
      logger.info('stopped');
      host.exit(0);
    } catch (error) {
      logger.unexpected(error);
      host.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT']) host.on(signal, () => void stop(signal));
}

function endOnUnhandledErrors(host: ServiceProcess, logger: ServiceLogger): void {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    host.on(event, (error) => {
      logger.unexpected(error);
      host.exit(1);
    });
  }
}
