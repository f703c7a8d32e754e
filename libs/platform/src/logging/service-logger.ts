import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.js';
import type { LoggingSettings } from './logging-settings.js';
import { scrub } from './scrub.js';

/** What one request leaves in the log: the pattern of its route, never its URL, body, headers or who asked. */
export interface RequestLine {
  readonly door: string;
  readonly method: string;
  /** `/fhir/:org/:type`, or `(none)` when no route matched. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The reference that an error answer shows. */
  readonly reference: string;
}

/** Facts beside a message: identifiers and counts. No names, BSN, tokens or bodies. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured JSON log, one line per event, to standard output. */
export class ServiceLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(service: string, settings: LoggingSettings, destination?: DestinationStream) {
    const options = { level: settings.level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } };
    // Not one write per line in the way of answers; what is left is written when the process ends.
    this.pino = pino(options, destination ?? pino.destination({ dest: 1, sync: false }));
  }

  info(message: string, facts: LogFacts = {}): void {
    this.pino.info(scrubbed(facts), scrub(message));
  }

  /** A request that was answered. */
  request(line: RequestLine): void {
    this.pino.info(line, 'request');
  }

  /** An error that nobody foresaw: everything we know of it, under the reference that the caller was told. */
  unexpected(error: unknown, reference?: string): void {
    this.pino.error({ reference, error: describeError(error) }, 'unexpected error');
  }

  // Nest's own words: how it assembles itself is for whoever debugs that.
  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest calls with (message, stack?, context); our own code with (message, facts or error). */
  private write(level: 'fatal' | 'error' | 'warn' | 'debug' | 'trace', message: unknown, rest: readonly unknown[]): void {
    const error = [message, ...rest].find((part) => part instanceof Error);
    const facts = rest.find((part): part is LogFacts => typeof part === 'object' && part !== null && !(part instanceof Error));
    const text = message instanceof Error ? message.message : String(message);
    this.pino[level]({ ...(facts && scrubbed(facts)), ...(error !== undefined && { error: describeError(error) }) }, scrub(text));
  }
}

function scrubbed(facts: LogFacts): LogFacts {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]));
}
