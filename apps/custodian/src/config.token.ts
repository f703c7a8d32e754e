/** `CustodianConfig` */
export const CUSTODIAN_CONFIG = Symbol('CustodianConfig');
