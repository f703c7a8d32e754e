import { CareRequestView } from '@anw/api-contracts';
import { ask, useMe } from '@anw/web-ui';
import { useEffect, useReducer, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type CallAction, type CallFlow, isEmpty, reduceCall, startCall } from './call-flow.js';
import { forgetCall, keepCall, keptCall } from './keep-call.js';
import { resumeCall } from './resume-call.js';

export interface Call {
  readonly flow: CallFlow;
  readonly act: (action: CallAction) => void;
  /** Begins another call; what was typed for this one is gone. */
  readonly restart: () => void;
  /** The call is done or thrown away: nothing of it stays in this tab. */
  readonly forget: () => void;
  /** A care request that was to be gone on with could not be read. */
  readonly failed: boolean;
  readonly isLoading: boolean;
  /** Another care request was to be gone on with, and here stands one that only this tab knows: nothing is lost unasked. */
  readonly isInTheWay: boolean;
  readonly stay: () => void;
  /** Throws away what stands here, and goes on with the other. */
  readonly throwAway: () => void;
}

const RESUME = 'zorgvraag';

type Change = CallAction | { readonly type: 'replaced'; readonly flow: CallFlow };

function reduce(flow: CallFlow, change: Change): CallFlow {
  return change.type === 'replaced' ? change.flow : reduceCall(flow, change);
}

const uuid = () => crypto.randomUUID();

/** The call of this tab: kept as it is typed, and gone on with after a reload or by `?zorgvraag=<id>`. */
export function useCall(): Call {
  const { identifier } = useMe();
  const [query, setQuery] = useSearchParams();
  const resumed = query.get(RESUME);
  const [flow, change] = useReducer(reduce, undefined, () => keptCall(sessionStorage, identifier) ?? startCall(uuid));
  const [failed, setFailed] = useState(false);
  const isOver = useRef(false);
  const isOther = resumed !== null && resumed !== flow.careRequest && !failed;
  const isInTheWay = isOther && !flow.recorded && !isEmpty(flow);
  const isLoading = isOther && !isInTheWay;

  useEffect(() => {
    if (isOver.current) return;
    if (isEmpty(flow)) forgetCall(sessionStorage);
    else keepCall(sessionStorage, identifier, flow);
  }, [flow, identifier]);
  useEffect(() => {
    if (!isLoading) return;
    const stop = new AbortController();
    ask({ path: `/api/care-requests/${encodeURIComponent(resumed)}`, answer: CareRequestView, signal: stop.signal })
      .then((request) => change({ type: 'replaced', flow: resumeCall(request, uuid) }))
      .catch(() => stop.signal.aborted || setFailed(true));
    return () => stop.abort();
  }, [isLoading, resumed]);

  return {
    flow,
    act: change,
    restart: () => {
      isOver.current = false;
      setFailed(false);
      setQuery({}, { replace: true });
      change({ type: 'replaced', flow: startCall(uuid) });
    },
    forget: () => {
      isOver.current = true;
      forgetCall(sessionStorage);
    },
    failed,
    isLoading,
    isInTheWay,
    stay: () => setQuery({}, { replace: true }),
    throwAway: () => change({ type: 'replaced', flow: startCall(uuid) }),
  };
}
