import type { EmployeeIdentifier } from '@anw/values';

/** Who works at the desk, as her login vouches for her; goes into the log with what she does. */
export interface Triagist {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly roleName: string;
}
