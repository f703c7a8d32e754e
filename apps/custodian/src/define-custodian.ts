import type { Environment, ServiceDefinition } from '@anw/platform';
import { defineService } from '@anw/service-core';
import { fileURLToPath } from 'node:url';
import { custodianConnectSteps, custodianCore, custodianTokens } from './app.module.js';
import { readCustodianConfig } from './config.js';
import { CustodianOperatorDoor, CustodianPartnerDoor, CustodianStaffDoor } from './doors.js';

/** The custodian as its environment describes it. @throws ConfigurationError with every problem */
export function defineCustodian(environment: Environment): ServiceDefinition {
  const config = readCustodianConfig(environment);
  return defineService({
    name: 'custodian',
    config,
    core: custodianCore(config),
    bridge: custodianTokens,
    doors: { partner: CustodianPartnerDoor, staff: CustodianStaffDoor.with(config), operator: CustodianOperatorDoor },
    pagesDirectory: fileURLToPath(new URL('../../custodian-web/dist/pages', import.meta.url)),
    connect: custodianConnectSteps,
  });
}
