import { useState } from 'preact/hooks'
import { type Card, changeCard, useCards } from '../../api/cards.js'
import { Button } from '../../parts/button.js'
import { Confirm } from '../../parts/dialog.js'
import { TextField } from '../../parts/fields.js'
import { PageHead } from '../../parts/page.js'
import { Answered, Empty } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('account')
const sayFrame = textsOf('frame')

interface OfCard {
  readonly card: Card
  readonly onClose: () => void
}

const Blocking = ({ card, onClose }: OfCard) => {
  const block = card.state === 'active'
  return (
    <Confirm
      title={say(block ? 'card_block_title' : 'card_unblock_title')}
      does={say(block ? 'card_block' : 'card_unblock')}
      danger={block}
      onClose={onClose}
      run={() => changeCard(card.uid, { blocked: block })}
      onDone={() => toast(say(block ? 'card_blocked_now' : 'card_unblocked_now'))}
    >
      <p>{say(block ? 'card_block_text' : 'card_unblock_text')}</p>
    </Confirm>
  )
}

const Naming = ({ card, onClose }: OfCard) => {
  const [label, setLabel] = useState(card.label ?? '')
  return (
    <Confirm
      title={say('card_rename')}
      does={sayFrame('save')}
      onClose={onClose}
      run={() => changeCard(card.uid, { label: label.trim() === '' ? null : label.trim() })}
    >
      <TextField
        label={say('card_label')}
        hint={say('card_label_hint')}
        maxLength={60}
        value={label}
        onValue={setLabel}
      />
    </Confirm>
  )
}

const CardEntry = ({ card }: { readonly card: Card }) => {
  const [open, setOpen] = useState<'block' | 'name'>()
  const close = (): void => setOpen(undefined)
  const { state } = card
  return (
    <li class="card stack tight">
      <div class="row apart">
        <h2>{card.label || say('card_default')}</h2>
        <span class={`badge ${state === 'active' ? 'good' : 'bad'}`}>{say(`card_${state}`)}</span>
      </div>
      <p class="soft figures">{say('card_number', { number: card.visual_number ?? card.uid })}</p>
      {state === 'withdrawn' && <p class="soft">{say('card_withdrawn_text')}</p>}
      <div class="row">
        <Button kind="plain" small onClick={() => setOpen('name')}>
          {say('card_rename')}
        </Button>
        {state !== 'withdrawn' && (
          <Button kind="quiet" small danger={state === 'active'} onClick={() => setOpen('block')}>
            {say(state === 'active' ? 'card_block' : 'card_unblock')}
          </Button>
        )}
      </div>
      {open === 'block' && <Blocking card={card} onClose={close} />}
      {open === 'name' && <Naming card={card} onClose={close} />}
    </li>
  )
}

/** The charging cards of the contract. */
export const CardsPage = () => {
  const cards = useCards()
  return (
    <>
      <PageHead title={say('cards')} back={{ href: '/account', label: say('title') }} />
      <Answered of={cards}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="card" title={say('cards_none')} text={say('cards_none_text')} />
          ) : (
            <ul class="bare stack">
              {items.map((card) => (
                <CardEntry key={card.uid} card={card} />
              ))}
            </ul>
          )
        }
      </Answered>
    </>
  )
}
