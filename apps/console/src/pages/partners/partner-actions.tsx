import { Button, Menu, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import {
  actOnPartner,
  changePartner,
  type Invitation,
  type Partner,
  reinvitePartner,
  removePartner,
} from '../../api/partners.js'
import { Confirm } from '../../parts/confirm.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { HandOver } from './invite-form.js'

interface Action {
  readonly id: string
  readonly label: string
  readonly title: string
  readonly says: ReactNode
  readonly danger?: boolean
  readonly run: (partner: Partner) => Promise<unknown>
}

const act = (action: Parameters<typeof actOnPartner>[1]) => (partner: Partner) =>
  actOnPartner(partner.id, action)

const ROTATE: Action = {
  id: 'rotate',
  label: 'Rotate credentials',
  title: 'Rotate the credentials?',
  says: 'Both sides get new tokens. Traffic goes on meanwhile: there is no moment in which neither token works.',
  run: act('rotate'),
}
const SUSPEND: Action = {
  id: 'suspend',
  label: 'Pause',
  title: 'Pause this partner?',
  says: 'Its requests are refused and nothing is sent to it. Everything is kept; when it is resumed it gets what it missed.',
  run: act('suspend'),
}
const RESUME: Action = {
  id: 'resume',
  label: 'Resume',
  title: 'Resume this partner?',
  says: 'The pause ends and the partner gets what it missed.',
  run: act('resume'),
}
const RESYNC: Action = {
  id: 'resync',
  label: 'Send and read everything again',
  title: 'Resync this partner?',
  says: 'Everything it may have is sent again, and all its lists are read from the beginning. This can take a while.',
  run: act('resync'),
}

const unlockAction = ({ unlock_allowed: allowed }: Partner): Action => ({
  id: 'unlock',
  label: allowed ? 'Forbid unlocking' : 'Permit unlocking',
  title: allowed ? 'Forbid unlocking connectors?' : 'Permit unlocking connectors?',
  says: allowed
    ? 'Its UNLOCK_CONNECTOR commands are refused from now on.'
    : 'It may send UNLOCK_CONNECTOR for your charge points from now on.',
  run: ({ id }) => changePartner(id, { unlock_allowed: !allowed }),
})

const testAction = ({ test_partner: isTest }: Partner): Action => ({
  id: 'test',
  label: isTest ? 'Is there for real' : 'Mark as test partner',
  title: isTest ? 'Is this partner there for real?' : 'Mark this partner as a test partner?',
  says: isTest
    ? 'Recorded requests can no longer be sent to it again.'
    : 'Recorded requests may be sent to it again, from the page of a message. Do this only for a partner whose data nobody is billed by.',
  run: ({ id }) => changePartner(id, { test_partner: !isTest }),
})

const actionsFor = (partner: Partner): readonly Action[] => {
  if (partner.status === 'REGISTERED')
    return [ROTATE, RESYNC, unlockAction(partner), testAction(partner), SUSPEND]
  return partner.status === 'SUSPENDED' ? [RESUME] : []
}

/** What can be done with a partner, each thing after a question. */
export const PartnerActions = ({ partner }: { readonly partner: Partner }) => {
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [asked, setAsked] = useState('')
  const [invitation, setInvitation] = useState<Invitation>()
  if (!useMay('operator')) return null
  const actions = actionsFor(partner)
  const close = (): void => setAsked('')
  const done = (): Promise<void> => queries.invalidateQueries({ queryKey: ['partners'] })
  const reinvite = async (): Promise<void> => {
    setInvitation(await reinvitePartner(partner.id))
    await done()
  }
  const remove = async (): Promise<void> => {
    await removePartner(partner.id)
    navigate('/partners')
    await done()
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm">
            Actions
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ id, label }) => (
            <Menu.Item key={id} onClick={() => setAsked(id)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setAsked('reinvite')}>Invite anew</Menu.Item>
          <Menu.Divider />
          <Menu.Item c="var(--console-bad)" onClick={() => setAsked('remove')}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {actions.map(({ id, title, label, says, run }) => (
        <Confirm
          key={id}
          title={title}
          does={label}
          opened={asked === id}
          onClose={close}
          run={() => run(partner).then(done)}
        >
          {says}
        </Confirm>
      ))}
      <Confirm
        title="Invite it anew?"
        does="Invite anew"
        opened={asked === 'reinvite'}
        onClose={close}
        run={reinvite}
      >
        For a partner that lost its credentials: it gets a new registration token, and its present one stops
        working.
      </Confirm>
      <Confirm
        title="Remove this partner?"
        does="Remove"
        danger
        typed={partner.name}
        opened={asked === 'remove'}
        onClose={close}
        run={remove}
      >
        The partner is told, and what it sent no longer counts. To connect again both sides have to register
        anew.
      </Confirm>
      <Modal
        opened={invitation !== undefined}
        onClose={() => setInvitation(undefined)}
        title="New invitation"
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {invitation !== undefined && <HandOver invitation={invitation} />}
      </Modal>
    </>
  )
}
