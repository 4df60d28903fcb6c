import { useRef } from 'react';
import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient, type MutateOptions, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { AnyOperation, CallInput, Operation } from '@zhengwu/contracts';
import type { Static, TSchema } from 'typebox';
import { client, problemOf } from './api.ts';

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: (count, error) => count < 1 && problemOf(error).status >= 500, refetchOnWindowFocus: true } },
});

/** Reads by an operation; answers are kept by operation and input, the last one stays on screen while the next comes. */
export const useRead = <P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  operation: Operation<P, Q, B, R>, input: Pick<CallInput<Static<P>, Static<Q>, Static<B>>, 'params' | 'query'> = {}, options: { enabled?: boolean; keep?: boolean } = {},
): UseQueryResult<Static<R>> =>
  useQuery({
    queryKey: [operation.id, input],
    queryFn: ({ signal }) => client.call(operation, { ...input, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Static<R>>;

/** One key for one intent: the same input retried keeps its key, another input or a success takes a new one. */
export const keyKeeper = (fresh: () => string = () => crypto.randomUUID()) => {
  let kept: { body: string; key: string } | null = null;
  return {
    keyFor: (input: unknown): string => {
      const body = JSON.stringify(input);
      if (kept?.body !== body) kept = { body, key: fresh() };
      return kept.key;
    },
    done: (): void => {
      kept = null;
    },
  };
};

/**
 * Changes by an operation, then reads anew what it may have touched (operation ids; everything when none are named).
 * What `mutate` is given as `onSuccess` is told first, and always: what is read anew may take the part that asked off the page.
 */
export const useChange = <P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema>(
  operation: Operation<P, Q, B, R>, touches?: readonly AnyOperation[],
): UseMutationResult<Static<R>, unknown, CallInput<Static<P>, Static<Q>, Static<B>>> => {
  type Input = CallInput<Static<P>, Static<Q>, Static<B>>;
  type Options = MutateOptions<Static<R>, unknown, Input>;
  const cache = useQueryClient();
  const keys = useRef(keyKeeper());
  const told = useRef(new WeakMap<object, Options['onSuccess']>());
  const change = useMutation({
    mutationFn: (input: Input) => client.call(operation, { ...input, ...(operation.idempotent ? { idempotencyKey: keys.current.keyFor(input) } : {}) }),
    onSuccess: (answer, input, ...rest) => {
      keys.current.done();
      told.current.get(input)?.(answer, input, ...rest);
      if (!touches) return cache.invalidateQueries();
      return Promise.all(touches.map((one) => cache.invalidateQueries({ queryKey: [one.id] })));
    },
  });
  const mutate = (input: Input, { onSuccess, ...options }: Options = {}): void => {
    told.current.set(input, onSuccess);
    change.mutate(input, options);
  };
  return { ...change, mutate };
};
