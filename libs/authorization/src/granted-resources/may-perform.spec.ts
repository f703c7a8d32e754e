import type { GrantedResource } from '@anw/credentials';
import { HomeAccessId } from '@anw/values';
import { homeAccessOf, homeAccessResource } from '../home-access/home-access-resource.js';
import { anw2022Policy, anw2022Resources } from '../policy/anw-2022-policy.js';
import { mayPerform } from './may-perform.js';

const observation: GrantedResource = { path: '/Observation', operations: ['search', 'read', 'create'], userContext: true, assuranceLevel: 'low' };

const [door, other] = ['5b1f0a52-7a34-4a57-9a0c-9a1f3c1f7f10', '5b1f0a52-7a34-4a57-9a0c-9a1f3c1f7f11'].map((id) => HomeAccessId.parse(id)) as [HomeAccessId, HomeAccessId];

describe('what an authorization lets a person do', () => {
  it('is what both the policy and the authorization list', () => {
    expect(mayPerform({ path: '/Observation', operation: 'create' }, [observation], 'low')).toBe(true);
  });

  it('is everything in the policy under an authorization that narrows nothing', () => {
    const asked = Object.entries(anw2022Policy).flatMap(([path, operations]) => operations.map((operation) => ({ path, operation })));
    expect(asked.filter((request) => !mayPerform(request, anw2022Resources, 'low'))).toEqual([]);
  });

  it('is the one home access that the authorization names, and nothing of it when it names none', () => {
    const named = [...anw2022Resources, homeAccessResource(door)];
    expect(mayPerform({ path: `/Location/${door}`, operation: 'read' }, named, 'low')).toBe(true);
    expect(homeAccessOf(named)).toBe(door);
    expect(mayPerform({ path: `/Location/${door}`, operation: 'read' }, anw2022Resources, 'high')).toBe(false);
    expect(homeAccessOf(anw2022Resources)).toBeUndefined();
  });

  it('is no home access when two are named: nobody has to guess which', () => {
    expect(homeAccessOf([homeAccessResource(door), homeAccessResource(other)])).toBeUndefined();
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
    ['the path is an instance of another type', '/Observation/1', 'read', [{ ...observation, path: '/Observation/1' }], 'high'],
    ['the path is Location as a type', '/Location', 'read', [{ ...observation, path: '/Location' }], 'high'],
    ['the path is another Location than the one that is named', `/Location/${other}`, 'read', [homeAccessResource(door)], 'high'],
    ['the Location would be searched', `/Location/${door}`, 'search', [{ ...homeAccessResource(door), operations: ['read', 'search'] }], 'high'],
    ['the person is known at a lower level than the home asks', `/Location/${door}`, 'read', [homeAccessResource(door, 'substantial')], 'low'],
    ['the path is a name that every object has', 'constructor', 'read', [{ ...observation, path: 'constructor' }], 'low'],
  ] as const)('is nothing when %s', (_, path, operation, granted, level) => {
    expect(mayPerform({ path, operation }, granted as readonly GrantedResource[], level)).toBe(false);
  });
});
