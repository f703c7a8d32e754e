import { DatabaseUnavailableError } from '@anw/persistence';
import { tellUnexpected } from './tell-unexpected.js';

describe('a turn that failed', () => {
  it('is told, unless it is for want of a database', () => {
    const told: unknown[] = [];
    const tell = tellUnexpected({ unexpected: (error) => void told.push(error) });
    const fault = new Error('a fault');
    for (const error of [new DatabaseUnavailableError('away'), fault]) tell(error);
    expect(told).toEqual([fault]);
  });
});
