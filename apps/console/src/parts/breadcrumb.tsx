import { Anchor, Group, Text } from '@mantine/core'
import { Link } from 'wouter'

/** The way back from a page to the list it is of. */
export const Breadcrumb = ({
  list,
  href,
  here,
}: {
  readonly list: string
  readonly href: string
  readonly here: string
}) => (
  <Group mb="xs" gap={6}>
    <Anchor component={Link} href={href} size="sm">
      {list}
    </Anchor>
    <Text size="sm" c="dimmed" className="page-title">
      / {here}
    </Text>
  </Group>
)
