// Parts of a page that name live topics fetch themselves again when something changed.
//   <div id="…" data-live-topics="workload:team:N07T01 jobs:*" data-live-refresh="/workload/team/N07T01/figures">
// Focus, open details and scrolling stay as they were; figures that changed are marked for a moment. Inside a part,
// <div id="…" data-live-keep> isn't replaced.

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content
const origin = meta('londonnet-live')
const worker = meta('londonnet-live-worker')
const status = document.getElementById('live-status')
const say = (name, over = false) =>
  document.dispatchEvent(new CustomEvent(over ? 'londonnet:message-over' : 'londonnet:message', { detail: name }))

const parts = () => [...document.querySelectorAll('[data-live-topics][data-live-refresh]')]
const topicsOf = (part) => part.dataset.liveTopics.split(/[\s,]+/).filter(Boolean)
// A form's token is written differently each time and says nothing new.
const served = (part) => part.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, '$1')
const asServed = new WeakMap(parts().map((part) => [part, served(part)]))

/** Whether a topic is one of those shown: `workload:*` reaches all of its application, either way round. */
export function matches(shown, changed) {
  if (shown === changed) return true
  const [wide, narrow] = shown.endsWith(':*') ? [shown, changed] : [changed, shown]
  return wide.endsWith(':*') && narrow.startsWith(wide.slice(0, -1))
}

// ---- Fetching a part again -------------------------------------------------------------------------------------

const underWay = new Map()

/** At most one fetch of a part at a time; what changes in the meantime makes one more. */
async function refresh(id) {
  if (underWay.has(id)) {
    underWay.set(id, true)
    return
  }
  underWay.set(id, false)
  try {
    await fetchAgain(id)
  } finally {
    const oncemore = underWay.get(id)
    underWay.delete(id)
    if (oncemore) await refresh(id)
  }
}

async function fetchAgain(id) {
  const part = document.getElementById(id)
  if (!part) return
  let answer
  try {
    answer = await fetch(part.dataset.liveRefresh, {
      headers: { 'X-LondonNet-Refresh': '1' },
      credentials: 'same-origin'
    })
  } catch {
    say('connection-lost')
    return
  }
  if (answer.status === 401 || answer.redirected) {
    say('signed-out')
    return
  }
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById(id) ?? page.body.firstElementChild
  if (fresh) swap(document.getElementById(id), fresh)
}

function swap(old, fresh) {
  if (!old || asServed.get(old) === served(fresh)) return
  const before = figures(old)
  const place = whereOneIs(old)
  asServed.set(fresh, served(fresh))
  document.adoptNode(fresh)
  keep(old, fresh)
  old.replaceWith(fresh)
  goBack(fresh, place)
  mark(fresh, before)
  window.htmx?.process(fresh)
  fresh.dispatchEvent(new CustomEvent('londonnet:swapped', { bubbles: true }))
  announce(fresh)
}

/** What one works with, such as the toolbar of a list, stays the element that it was, with all that is typed in it. */
function keep(old, fresh) {
  for (const kept of old.querySelectorAll('[data-live-keep][id]')) {
    fresh.querySelector(`#${CSS.escape(kept.id)}`)?.replaceWith(kept)
  }
}

function announce(part) {
  const stage = part.dataset.liveSay === 'stage' && part.querySelector('[data-live-stage]')
  const now = new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true })
  const text = stage ? stage.textContent.trim() : `Figures updated ${now.replace(' ', '')}`
  if (status.textContent !== text) status.textContent = text
}

// ---- Keeping the place -----------------------------------------------------------------------------------------

/** The way from an element down to one inside it, by the position of each child. */
function pathTo(root, element) {
  const path = []
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at))
  return path
}

const follow = (root, path) => path.reduce((at, n) => at?.children[n], root)

function whereOneIs(part) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null
  return {
    id: focused?.id,
    path: focused && pathTo(part, focused),
    caret: focused && 'selectionStart' in focused ? [focused.selectionStart, focused.selectionEnd] : null,
    open: [...part.querySelectorAll('details')].map((details) => details.open),
    scrolled: [...part.querySelectorAll('.ln-scroll')].map((pane) => [pane.scrollLeft, pane.scrollTop]),
    ticked: [...part.querySelectorAll('input[id]')].filter((box) => box.checked !== box.defaultChecked).map((box) => [box.id, box.checked])
  }
}

function goBack(part, place) {
  part.querySelectorAll('details').forEach((details, n) => {
    details.open = place.open[n] ?? details.open
  })
  part.querySelectorAll('.ln-scroll').forEach((pane, n) => {
    ;[pane.scrollLeft, pane.scrollTop] = place.scrolled[n] ?? [0, 0]
  })
  for (const [id, checked] of place.ticked) {
    const box = document.getElementById(id)
    if (box && part.contains(box)) box.checked = checked
  }
  const again = (place.id && document.getElementById(place.id)) || (place.path && follow(part, place.path))
  again?.focus({ preventScroll: true })
  if (again?.setSelectionRange && place.caret?.[0] != null) again.setSelectionRange(...place.caret)
}

// ---- Marking what changed --------------------------------------------------------------------------------------

/** Every figure of a part by its place: the row or element that has a name, and the way down from there. */
function figures(part) {
  const found = new Map()
  for (const element of part.querySelectorAll('*')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data)
    const text = own.join('').trim()
    if (!/\d/.test(text) || element.closest('time, script')) continue
    const named = element.closest('[data-key], [id]')
    const root = named && part.contains(named) ? named : part
    found.set(`${root.dataset.key ?? root.id}|${pathTo(root, element)}`, { element, text })
  }
  return found
}

function mark(part, before) {
  for (const [place, { element, text }] of figures(part)) {
    const then = before.get(place)
    if (then && then.text !== text) element.classList.add('ln-changed')
  }
}

// ---- Hearing of changes ----------------------------------------------------------------------------------------

let worry = 0

const refreshAll = () => parts().forEach((part) => refresh(part.id))

function hear(message) {
  if (message.kind === 'changed') {
    for (const part of parts()) {
      const isShown = topicsOf(part).some((shown) => message.topics.some((changed) => matches(shown, changed)))
      if (isShown) refresh(part.id)
    }
  } else if (message.kind === 'open') {
    clearTimeout(worry)
    say('connection-lost', true)
    // Something may have changed between the page's making and now.
    refreshAll()
  } else if (message.kind === 'signed-out') {
    say('signed-out')
  } else {
    // Refused: the session may be over, which fetching the parts will tell.
    if (message.kind === 'refused') refreshAll()
    clearTimeout(worry)
    worry = setTimeout(() => say('connection-lost'), 10_000)
  }
}

/** Without shared workers (some phones), each tab has a connection of its own. */
function ownConnection() {
  let source = null
  let listening = ''
  return (topics) => {
    const wanted = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&')
    if (wanted === listening) return
    listening = wanted
    source?.close()
    if (!wanted) return
    source = new EventSource(`${origin}/live?${wanted}`, { withCredentials: true })
    source.addEventListener('open', () => hear({ kind: 'open' }))
    source.addEventListener('changed', (event) => hear({ kind: 'changed', topics: JSON.parse(event.data).topics }))
    source.addEventListener('signed-out', () => hear({ kind: 'signed-out' }))
    source.addEventListener('error', () => hear({ kind: 'lost' }))
  }
}

function sharedConnection() {
  const id = crypto.randomUUID()
  const { port } = new SharedWorker(worker)
  // The lock first, the word to the worker after: it takes the tab for gone when it gets the lock.
  const isHeld = holdLock(`londonnet-tab-${id}`)
  port.addEventListener('message', ({ data }) => hear(data))
  port.start()
  window.addEventListener('pagehide', () => port.postMessage({ kind: 'bye' }))
  return async (topics) => {
    await isHeld
    port.postMessage({ kind: 'topics', id, origin: origin || location.origin, topics })
  }
}

/** Resolves as soon as the lock is held; it is held until the tab goes. */
function holdLock(name) {
  if (!navigator.locks) return Promise.resolve()
  return new Promise((held) => {
    navigator.locks.request(name, () => {
      held()
      return new Promise(() => {})
    })
  })
}

let listen = null
let said = ''

/** Says which topics the page shows, whenever that has changed; pages without any never open a connection. */
function listenToShown() {
  const topics = [...new Set(parts().flatMap(topicsOf))].sort()
  if (topics.join() === said) return
  said = topics.join()
  listen ??= window.SharedWorker && worker ? sharedConnection() : ownConnection()
  listen(topics)
}

listenToShown()
document.addEventListener('londonnet:swapped', listenToShown)
document.addEventListener('htmx:afterSettle', listenToShown)
window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  said = ''
  listenToShown()
})
