import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem.ts'

/** Tried again are only those failures that may pass by themselves. */
const mayPass = (error: unknown): boolean =>
  error instanceof ProblemError && ['unreachable', 'unavailable', 'internal'].includes(error.code)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      retryDelay: (failure) => 400 * 2 ** failure,
    },
  },
})
