import type { GrantedResource } from '@anw/credentials';
import { anw2022Policy, anw2022Resources } from '../policy/anw-2022-policy.js';
import { mayPerform } from './may-perform.js';

const observation: GrantedResource = { path: '/Observation', operations: ['search', 'read', 'create'], userContext: true, assuranceLevel: 'low' };

describe('what an authorization lets a person do', () => {
  it('is what both the policy and the authorization list', () => {
    expect(mayPerform({ path: '/Observation', operation: 'create' }, [observation], 'low')).toBe(true);
  });

  it('is everything in the policy under an authorization that narrows nothing', () => {
    const asked = Object.entries(anw2022Policy).flatMap(([path, operations]) => operations.map((operation) => ({ path, operation })));
    expect(asked.filter((request) => !mayPerform(request, anw2022Resources, 'low'))).toEqual([]);
  });

  it.each([
    ['nothing is granted', '/Observation', 'read', [], 'low'],
    ['the type is not granted', '/Patient', 'read', [observation], 'low'],
    ['the operation is not granted', '/Observation', 'create', [{ ...observation, operations: ['read'] }], 'low'],
    ['the authorization lists a type that the policy does not', '/Task', 'create', [{ ...observation, path: '/Task' }], 'high'],
    ['the authorization lists an operation that the policy does not', '/Patient', 'create', [{ ...observation, path: '/Patient', operations: ['create'] }], 'high'],
    ['the person is known at a lower level than the resource asks', '/Observation', 'read', [{ ...observation, assuranceLevel: 'substantial' }], 'low'],
    ['the type is written in other letters', '/observation', 'read', [observation], 'low'],
    ['the path goes on', '/Observation/1', 'read', [observation], 'low'],
    ['the path is a name that every object has', 'constructor', 'read', [{ ...observation, path: 'constructor' }], 'low'],
  ] as const)('is nothing when %s', (_, path, operation, granted, level) => {
    expect(mayPerform({ path, operation }, granted as readonly GrantedResource[], level)).toBe(false);
  });
});
