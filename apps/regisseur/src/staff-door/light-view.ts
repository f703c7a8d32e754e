import type { PrecheckResult, TrafficLight } from '@anw/api-contracts';
import { type Light, type PrecheckAnswer, type PrecheckRefusal, repairers, triageMessages } from '@anw/triage';
import type { ProposalSettings } from '../prechecks/proposal-settings.js';

/** A pre-check as the desk's pages read it. */
export function toPrecheckResult(answer: PrecheckAnswer, { homeAccess: proposed }: ProposalSettings): PrecheckResult {
  if (answer.light === 'red') return redLight(answer.reason);
  return { light: 'green', ...(answer.homeAccess !== undefined && { homeAccess: { proposed } }) };
}

/** The same where not everybody has answered yet. */
export function toTrafficLight(light: Light, settings: ProposalSettings): TrafficLight {
  return light.light === 'amber' ? { light: 'amber', reason: 'De bronhouder heeft nog niet geantwoord. Het stoplicht volgt.' } : toPrecheckResult(light, settings);
}

function redLight(code: PrecheckRefusal): PrecheckResult {
  const repairBy = repairers[code];
  return { light: 'red', reason: triageMessages[code], code, ...(repairBy && { repairBy }) };
}
