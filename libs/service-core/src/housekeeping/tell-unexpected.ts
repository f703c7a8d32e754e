import { DatabaseUnavailableError } from '@anw/persistence';
import type { ServiceLogger } from '@anw/platform';

/** Tells of a turn that failed. That the database is away is for readiness to say, not for a line each turn. */
export function tellUnexpected(logger: Pick<ServiceLogger, 'unexpected'>): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof DatabaseUnavailableError)) logger.unexpected(error);
  };
}
