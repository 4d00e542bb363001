import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getCorrelation } from '../../api/messages.js'
import { ApiFailure } from '../../api/request.js'
import { usePathSegments } from '../../parts/path-segments.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { Breadcrumb } from './breadcrumb.js'
import { Sequence } from './sequence.js'

/** All messages of a correlation as a diagram of who asked whom, in the order they began. */
export const CorrelationPage = () => {
  const [, , id = ''] = usePathSegments()
  const query = useQuery({ queryKey: ['messages', 'together', id], queryFn: () => getCorrelation(id) })
  const missing = query.error instanceof ApiFailure && query.error.status === 404
  return (
    <>
      <Breadcrumb here={id} />
      {query.isPending && <Loading />}
      {missing && <NothingHere what="correlation" />}
      {query.isError && !missing && <Failure error={query.error} retry={() => query.refetch()} />}
      {query.data !== undefined && (
        <Stack gap={0}>
          <PageHead
            title="What belongs together"
            below={`${query.data.length} requests with one correlation id, in the order they began`}
          />
          <Sequence messages={query.data} label="Messages of the correlation" />
        </Stack>
      )}
    </>
  )
}
