import { Button, Code, CopyButton, Group } from '@mantine/core'

/** A value to hand over to somebody, with a button that copies it. */
export const CopiedValue = ({ value }: { readonly value: string }) => (
  <Group gap="xs" wrap="nowrap" align="flex-start">
    <Code className="secret">{value}</Code>
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="default" onClick={copy} flex="none">
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  </Group>
)
