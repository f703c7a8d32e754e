import { type FoundPatientView, PractitionerProposal, type ProposalInput, type Urgency } from '@anw/api-contracts';
import { type ApiProblem, ask } from '@anw/web-ui';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** A custodian that has not answered for everybody is asked again after this long, in milliseconds, so many times. */
const AGAIN_AFTER = 1_500;
const MAX_AGAIN = 6;

export interface ProposalQuestion {
  readonly patient: Pick<FoundPatientView, 'handle'> & { readonly custodian: Pick<FoundPatientView['custodian'], 'did'> };
  /** As the caller says it; its postcode area puts who is near first. */
  readonly address?: string | undefined;
  readonly urgency?: Urgency | undefined;
}

/** Whom to send to this patient, in the order of the server; asked again while lights are amber. */
export function useProposal({ patient, address, urgency }: ProposalQuestion): UseQueryResult<PractitionerProposal, ApiProblem> {
  const postcodeArea = useCalm(postcodeAreaOf(address ?? ''));
  const body: ProposalInput = { patient: { custodian: patient.custodian.did, handle: patient.handle }, ...(postcodeArea && { postcodeArea }), ...(urgency && { urgency }) };
  return useQuery<PractitionerProposal, ApiProblem>({
    queryKey: ['proposal', body],
    queryFn: ({ signal }) => ask({ method: 'POST', path: '/api/practitioners/proposal', body, answer: PractitionerProposal, signal }),
    placeholderData: (before) => before,
    // A light is for now: it is asked anew each time somebody looks.
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data?.complete === false && state.dataUpdateCount < MAX_AGAIN ? AGAIN_AFTER : false),
  });
}

/** The four digits of the Dutch postcode in an address; a house number of four digits is none. */
export function postcodeAreaOf(address: string): string | undefined {
  return /\b([1-9]\d{3}) ?[a-z]{2}\b/i.exec(address)?.[1] ?? /^\s*([1-9]\d{3})\s*$/.exec(address)?.[1];
}

/** A value that is being typed, once the typing rests. */
function useCalm<T>(value: T): T {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(value), 300);
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}
