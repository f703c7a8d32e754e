import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { z } from 'zod';
import { ApiProblem } from './api-problem.js';
import { ask } from './ask.js';

export interface SendOptions<Input, T> {
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string | ((input: Input) => string);
  /** What goes as JSON; left out: the input itself. */
  readonly body?: (input: Input) => unknown;
  readonly answer: z.ZodType<T, unknown>;
  /** What is read again afterwards. */
  readonly refreshes?: readonly QueryKey[];
  readonly onSent?: (answer: T, input: Input) => void;
}

export interface Sending<Input, T> {
  /** Sends once: while an earlier call is on its way this does nothing. @throws ApiProblem */
  readonly send: (input: Input) => Promise<T | undefined>;
  readonly isSending: boolean;
  readonly problem: ApiProblem | undefined;
  readonly answer: T | undefined;
  readonly reset: () => void;
}

/** Changes something at our own service, by a press that may be a double one. */
export function useSend<Input, T>(options: SendOptions<Input, T>): Sending<Input, T> {
  const client = useQueryClient();
  const underWay = useRef(false);
  const latest = useRef(options);
  latest.current = options;
  const [state, setState] = useState<{ readonly isSending: boolean; readonly problem?: ApiProblem; readonly answer?: T }>({ isSending: false });
  const send = useCallback(
    async (input: Input) => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setState({ isSending: true });
      const { method = 'POST', path, body, answer: schema, refreshes = [], onSent } = latest.current;
      try {
        const answer = await ask({ method, path: typeof path === 'string' ? path : path(input), body: body === undefined ? input : body(input), answer: schema });
        setState({ isSending: false, answer });
        await Promise.all(refreshes.map((queryKey) => client.invalidateQueries({ queryKey })));
        onSent?.(answer, input);
        return answer;
      } catch (error) {
        setState({ isSending: false, problem: error instanceof ApiProblem ? error : undefined });
        throw error;
      } finally {
        underWay.current = false;
      }
    },
    [client],
  );
  const reset = useCallback(() => setState({ isSending: false }), []);
  return { send, isSending: state.isSending, problem: state.problem, answer: state.answer, reset };
}
