import { Anchor, Group, Text } from '@mantine/core'
import { Link } from 'wouter'

/** The way back to the list of messages. */
export const Breadcrumb = ({ here }: { readonly here: string }) => (
  <Group mb="xs" gap={6}>
    <Anchor component={Link} href="/conversation" size="sm">
      Conversation
    </Anchor>
    <Text size="sm" c="dimmed" className="page-title">
      / {here}
    </Text>
  </Group>
)
