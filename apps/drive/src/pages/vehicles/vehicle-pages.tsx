import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { changeAccount } from '../../api/account.js'
import { deleteVehicle, useVehicles, type Vehicle } from '../../api/vehicles.js'
import { Button, LinkButton } from '../../parts/button.js'
import { Confirm } from '../../parts/dialog.js'
import { LinkEntry, PageHead } from '../../parts/page.js'
import { Answered, Empty, Failure, Notice } from '../../parts/states.js'
import { toast } from '../../parts/toasts.js'
import { accountChanged, accountNow, changed } from '../../sign-in/sign-in-state.js'
import { formatEnergy, formatPower } from '../../texts/format.js'
import { textsOf } from '../../texts/say.js'
import { plugName, VehicleForm } from './vehicle-form.js'

const say = textsOf('vehicles')
const sayFrame = textsOf('frame')
const sayAccount = textsOf('account')

const PLACE = '/account/vehicles'

const summary = ({ battery_kwh, max_ac_kw, max_dc_kw, plugs }: Vehicle): string =>
  [
    formatEnergy(battery_kwh),
    max_ac_kw === null ? '' : `AC ${formatPower(max_ac_kw)}`,
    max_dc_kw === null ? '' : `DC ${formatPower(max_dc_kw)}`,
    plugs.map(plugName).join(', '),
  ]
    .filter(Boolean)
    .join(' · ')

const AddLink = () => (
  <LinkButton href={`${PLACE}/new`} icon="plus">
    {say('add')}
  </LinkButton>
)

/** The vehicles of the driver. */
export const VehicleList = () => {
  const vehicles = useVehicles()
  const standard = accountNow()?.default_vehicle_id
  return (
    <>
      <PageHead
        title={say('title')}
        back={{ href: '/account', label: sayAccount('title') }}
        below={say('intro')}
      />
      <Answered of={vehicles}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="car" title={say('none')} text={say('none_text')}>
              <AddLink />
            </Empty>
          ) : (
            <div class="stack">
              <ul class="rows">
                {items.map((vehicle) => (
                  <LinkEntry
                    key={vehicle.id}
                    href={`${PLACE}/${vehicle.id}`}
                    icon="car"
                    title={vehicle.name}
                    below={summary(vehicle)}
                    end={vehicle.id === standard && <span class="badge good">{say('default')}</span>}
                  />
                ))}
              </ul>
              <div>
                <AddLink />
              </div>
            </div>
          )
        }
      </Answered>
    </>
  )
}

/** Uses a vehicle from now on where none is chosen. */
const useByDefault = async ({ id, name }: Vehicle): Promise<void> => {
  await changed(await changeAccount({ default_vehicle_id: id }))
  toast(say('is_default_now', { name }))
}

/** A new vehicle. */
export const NewVehicle = () => {
  const [, go] = useLocation()
  const saved = (vehicle: Vehicle): void => {
    toast(say('saved', { name: vehicle.name }))
    go(PLACE)
    // NOTE: the node takes the first vehicle as the default one.
    accountChanged().catch(() => undefined)
  }
  return (
    <>
      <PageHead title={say('new_title')} back={{ href: PLACE, label: say('title') }} />
      <VehicleForm vehicle={undefined} onSaved={saved} />
    </>
  )
}

const Deleting = ({ vehicle }: { readonly vehicle: Vehicle }) => {
  const [asking, setAsking] = useState(false)
  const [, go] = useLocation()
  return (
    <>
      <Button kind="quiet" danger onClick={() => setAsking(true)}>
        {say('delete')}
      </Button>
      {asking && (
        <Confirm
          title={say('delete_title', { name: vehicle.name })}
          does={sayFrame('delete')}
          danger
          onClose={() => setAsking(false)}
          run={() => deleteVehicle(vehicle.id)}
          onDone={() => {
            toast(say('deleted'))
            go(PLACE)
            accountChanged().catch(() => undefined)
          }}
        >
          <p>{say('delete_text')}</p>
        </Confirm>
      )}
    </>
  )
}

const Known = ({ vehicle }: { readonly vehicle: Vehicle }) => {
  const [, go] = useLocation()
  const [error, setError] = useState<unknown>()
  const isStandard = accountNow()?.default_vehicle_id === vehicle.id
  return (
    <div class="stack">
      <VehicleForm
        vehicle={vehicle}
        onSaved={({ name }) => {
          toast(say('saved', { name }))
          go(PLACE)
        }}
      />
      {error !== undefined && <Failure error={error} />}
      <div class="row apart">
        {isStandard ? (
          <span class="badge good">{say('default')}</span>
        ) : (
          <Button kind="quiet" icon="check" onClick={() => useByDefault(vehicle).catch(setError)}>
            {say('make_default')}
          </Button>
        )}
        <Deleting vehicle={vehicle} />
      </div>
    </div>
  )
}

/** One vehicle of the driver. */
export const VehiclePage = ({ id }: { readonly id: string }) => {
  const vehicles = useVehicles()
  const vehicle = vehicles.value?.find((known) => known.id === id)
  return (
    <>
      <PageHead title={vehicle?.name ?? say('title')} back={{ href: PLACE, label: say('title') }} />
      <Answered of={vehicles}>
        {() =>
          vehicle === undefined ? (
            <Notice kind="warn">{say('missing')}</Notice>
          ) : (
            <Known key={vehicle.id} vehicle={vehicle} />
          )
        }
      </Answered>
    </>
  )
}
