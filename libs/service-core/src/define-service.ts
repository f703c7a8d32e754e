import { type ConnectStep, type ProviderSource, readBuiltPages, type ServiceDefinition, ServiceLogger } from '@anw/platform';
import type { DynamicModule, InjectionToken, Type } from '@nestjs/common';
import type { ServiceConfig } from './service-config.js';
import { serviceConnectSteps } from './connect-steps.js';
import { serviceTransport } from './service-core.module.js';
import { softwareVersion } from './software-version.js';

export interface ServiceParts {
  /** `regisseur`, `custodian` or `actor`. */
  readonly name: string;
  readonly config: ServiceConfig;
  readonly core: DynamicModule;
  /** Tokens of the core that the doors inject. */
  readonly bridge: readonly InjectionToken[];
  readonly doors: {
    readonly partner: Type<unknown>;
    readonly staff: DynamicModule;
    readonly operator: Type<unknown>;
  };
  /** Where the build leaves the web app of this service, unless the settings say otherwise. */
  readonly pagesDirectory: string;
  /** What this service starts beside what every service does. */
  readonly connect?: (core: ProviderSource) => readonly ConnectStep[];
}

/** A service from its parts: what its core and its doors are is its own, how they listen and start is the same for all. */
export function defineService({ name, config, core, bridge, doors, pagesDirectory, connect = () => [] }: ServiceParts): ServiceDefinition {
  const { partner, staff, operator } = config.doors;
  return {
    name,
    version: softwareVersion,
    logger: new ServiceLogger(name, config.logging),
    core,
    transport: serviceTransport,
    bridge,
    doors: {
      partner: { ...partner, module: doors.partner, tls: config.partnerTls },
      staff: { ...staff, module: doors.staff, pages: readBuiltPages(config.pages.directory ?? pagesDirectory) },
      operator: { ...operator, module: doors.operator },
    },
    connect: (started) => [...serviceConnectSteps(started), ...connect(started)],
  };
}
