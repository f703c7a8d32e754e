/** JSON-LD contexts by the names under which nuts-node embeds them (spec nuts-protocols §2.4). A JWT needs no JSON-LD processing, yet readers look for them. */
export const contexts = {
  credentials: 'https://www.w3.org/2018/credentials/v1',
  nuts: 'https://nuts.nl/credentials/v1',
  jsonWebSignature2020: 'https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json',
  statusList2021: 'https://w3id.org/vc/status-list/2021/v1',
  bitstringStatusList: 'https://www.w3.org/ns/credentials/status/v1',
} as const;
