import { queryOptions } from '@tanstack/react-query';
import { api, content } from '../api/client';

/** The program (brand) of the person: its name, currency and time zone are needed nearly everywhere. */
export const programQuery = queryOptions({
  queryKey: ['program'],
  staleTime: 60_000,
  queryFn: () => content(api.GET('/v1/program')),
});
