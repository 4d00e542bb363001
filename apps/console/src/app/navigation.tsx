import { NavLink, Stack, Text } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { Icon } from '../parts/icons.js'
import { useMay } from '../sign-in/sign-in-state.js'
import { pages } from './pages.js'

const GROUPS = ['Network', 'Objects', 'Drivers', 'Node'] as const

/** The pages by group, as far as the role goes; the one that is open is marked. */
export const Navigation = ({ onChosen }: { readonly onChosen: () => void }) => {
  const [location] = useLocation()
  const open = location.split('/')[1] ?? ''
  const isSupport = useMay('support')
  const shown = pages.filter(({ role }) => role === undefined || isSupport)
  return (
    <Stack gap="md">
      {GROUPS.filter((group) => shown.some((page) => page.group === group)).map((group) => (
        <div key={group}>
          <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
            {group}
          </Text>
          {shown
            .filter((page) => page.group === group)
            .map(({ name, label, icon }) => (
              <NavLink
                key={name}
                component={Link}
                href={`/${name}`}
                label={label}
                leftSection={<Icon name={icon} />}
                active={name === open}
                {...(name === open ? { 'aria-current': 'page' as const } : {})}
                onClick={onChosen}
                className="nav-link"
              />
            ))}
        </div>
      ))}
    </Stack>
  )
}
