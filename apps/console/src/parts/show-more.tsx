import { Button } from '@mantine/core'

/** What a list of pages says of itself. */
interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): unknown
}

/** Fetches the next page of a list; nothing when there is none. */
export const ShowMore = ({ list }: { readonly list: Pages }) =>
  list.hasNextPage ? (
    <Button
      variant="default"
      size="xs"
      loading={list.isFetchingNextPage}
      onClick={() => list.fetchNextPage()}
    >
      Show more
    </Button>
  ) : null
