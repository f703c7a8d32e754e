import 'reflect-metadata';
import { runService, ServiceLogger } from '@anw/platform';
import { serviceConnectSteps, serviceTransport } from '@anw/service-core';
import { custodianCore, custodianTokens } from './app.module.js';
import { readCustodianConfig } from './config.js';
import { CustodianOperatorDoor, CustodianPartnerDoor, CustodianStaffDoor } from './doors.js';
import { softwareVersion } from './software-version.js';

await runService((environment) => {
  const config = readCustodianConfig(environment);
  const { partner, staff, operator } = config.doors;
  return {
    name: 'custodian',
    version: softwareVersion,
    logger: new ServiceLogger('custodian', config.logging),
    core: custodianCore(config),
    transport: serviceTransport,
    bridge: custodianTokens,
    doors: {
      partner: { ...partner, module: CustodianPartnerDoor, tls: config.partnerTls },
      staff: { ...staff, module: CustodianStaffDoor.with(config) },
      operator: { ...operator, module: CustodianOperatorDoor },
    },
    connect: serviceConnectSteps,
  };
});
