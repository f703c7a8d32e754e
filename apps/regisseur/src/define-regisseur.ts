import type { Environment, ServiceDefinition } from '@anw/platform';
import { defineService } from '@anw/service-core';
import { fileURLToPath } from 'node:url';
import { regisseurConnectSteps, regisseurCore, regisseurTokens } from './app.module.js';
import { readRegisseurConfig } from './config.js';
import { RegisseurOperatorDoor, RegisseurPartnerDoor, RegisseurStaffDoor } from './doors.js';

/** The regisseur as its environment describes it. @throws ConfigurationError with every problem */
export function defineRegisseur(environment: Environment): ServiceDefinition {
  const config = readRegisseurConfig(environment);
  return defineService({
    name: 'regisseur',
    config,
    core: regisseurCore(config),
    bridge: regisseurTokens,
    doors: { partner: RegisseurPartnerDoor, staff: RegisseurStaffDoor.with(config), operator: RegisseurOperatorDoor },
    pagesDirectory: fileURLToPath(new URL('../../regisseur-web/dist/pages', import.meta.url)),
    connect: regisseurConnectSteps,
  });
}
