{
  const table = JSON.parse(document.getElementById('origins').textContent)
  const panel = document.getElementById('origin')
  const keys = document.getElementById('keys')
  const filter = document.getElementById('filter')
  const filtered = document.getElementById('filtered')
  const element = (name, text, className) => {
    const made = document.createElement(name)
    if (text !== undefined) made.textContent = text
    if (className) made.className = className
    return made
  }
  document.body.classList.add('live')

  // Origins: one chain for the stretch below the pointer, all chains of a line when the line itself is asked for.
  let pinned = false
  let shownFor
  const chainTable = (number, caption) => {
    const made = element('table')
    if (caption) made.append(element('caption', caption))
    for (const step of table.chains[number]) {
      const [label, text, path, line, column] = table.steps[step]
      const row = made.insertRow()
      row.append(element('th', label))
      row.insertCell().textContent = path < 0 ? '' : `${table.paths[path]}:${line}:${column}`
      row.insertCell().textContent = text
    }
    return made
  }
  const hide = () => {
    panel.hidden = true
    pinned = false
    shownFor?.classList.remove('open')
    shownFor = undefined
  }
  const show = (target, pin) => {
    shownFor?.classList.remove('open')
    shownFor = target
    target.classList.add('open')
    pinned = pin
    panel.classList.toggle('pinned', pin)
    panel.replaceChildren()
    if (target.matches('.l')) {
      const seen = new Set()
      for (const part of target.querySelectorAll('code [data-o]')) {
        if (seen.has(part.dataset.o)) continue
        seen.add(part.dataset.o)
        const same = [...target.querySelectorAll(`code [data-o="${part.dataset.o}"]`)]
        panel.append(chainTable(part.dataset.o, same.map((piece) => piece.textContent).join('')))
      }
      if (seen.size === 0 && target.dataset.o) panel.append(chainTable(target.dataset.o))
    } else panel.append(chainTable(target.dataset.o))
    if (!panel.firstChild) return hide()
    panel.hidden = false
    const box = (target.matches('.l') ? target.querySelector('code') : target).getBoundingClientRect()
    const left = Math.max(16, Math.min(box.left, innerWidth - panel.offsetWidth - 16))
    const below = box.bottom + 6
    const top = below + panel.offsetHeight < innerHeight - 8 ? below : Math.max(8, box.top - panel.offsetHeight - 6)
    panel.style.left = `${left}px`
    panel.style.top = `${top}px`
  }
  const originAt = (target) => target.closest?.('.l code [data-o]') ?? target.closest?.('.l')
  document.addEventListener('mouseover', (event) => {
    if (pinned || panel.contains(event.target)) return
    const part = event.target.closest?.('.l code [data-o], .l[data-o] > i, .l[data-o] > b')
    const target = part && (part.matches('i, b') ? part.parentElement : part)
    if (target) show(target, false)
    else if (!panel.hidden) hide()
  })
  document.addEventListener('click', (event) => {
    if (panel.contains(event.target) || event.target.closest('a, summary, button, input, label')) return
    const target = originAt(event.target)
    if (!target || (pinned && target === shownFor)) return hide()
    if (String(getSelection()) === '') show(target, true)
  })
  document.addEventListener('scroll', () => pinned || hide(), { passive: true })

  // One node's view: everything that is not about it goes.
  const places = (ranges) => ranges.split(',').map((range) => range.split('-').map(Number))
  const concerns = (node) => (item) =>
    places(item.dataset.nodes).some(([from, to = from]) => from <= node && node <= to)
  const buttons = [...document.querySelectorAll('[data-node]')]
  let chosen
  const choose = (node) => {
    chosen = node === chosen ? undefined : node
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.node === chosen))
    refresh()
  }
  const refresh = () => {
    const about = chosen === undefined ? () => true : concerns(Number(chosen))
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
    const named = (item) => words.every((word) => item.textContent.toLowerCase().includes(word))
    for (const item of document.querySelectorAll('[data-nodes]')) item.hidden = !about(item)
    for (const item of document.querySelectorAll('.side li, table.nodes tbody tr'))
      item.hidden = (item.dataset.nodes ? !about(item) : false) || !named(item)
    for (const link of document.querySelectorAll('.side a[href^="#file-"]')) {
      const file = document.getElementById(link.hash.slice(1))
      if (file) file.hidden = link.parentElement.hidden
    }
    const name = buttons.find((button) => button.dataset.node === chosen)?.textContent
    filtered.hidden = chosen === undefined
    filtered.textContent = name === undefined ? '' : `Only what concerns ${name} is shown: Esc shows everything.`
  }
  for (const button of buttons) {
    button.disabled = false
    button.setAttribute('aria-pressed', 'false')
    button.addEventListener('click', () => choose(button.dataset.node))
  }
  filter.hidden = false
  filter.addEventListener('input', refresh)

  // A link into a closed part opens it.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1))
    const part = target?.closest('details')
    if (!part || part.open) return
    part.open = true
    target.scrollIntoView()
  }
  addEventListener('hashchange', openTarget)
  openTarget()

  // Keys.
  const move = (selector, by) => {
    const items = [...document.querySelectorAll(selector)].filter((item) => !item.hidden)
    if (items.length === 0) return
    const edge = 70
    const tops = items.map((item) => item.getBoundingClientRect().top)
    const focused = items.indexOf(document.activeElement)
    const next =
      focused >= 0
        ? focused + by
        : by > 0
          ? tops.findIndex((top) => top > edge)
          : tops.findLastIndex((top) => top < edge - 4)
    const target = items[next]
    if (!target) return
    target.scrollIntoView()
    target.focus({ preventScroll: true })
  }
  const moveLine = (by) => {
    const diff = document.activeElement?.closest('.file')?.querySelector('.diff') ?? shownFor?.closest('.diff')
    if (!diff) return false
    const lines = [...diff.querySelectorAll('.l')].filter(
      (line) => !line.matches('.copy') && (line.dataset.o || line.querySelector('code [data-o]')),
    )
    const at = lines.indexOf(shownFor?.closest('.l'))
    const target = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by]
    if (!target) return true
    target.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    show(target, true)
    return true
  }
  const help = document.getElementById('help')
  help.hidden = false
  help.addEventListener('click', () => keys.showModal())
  const view = (name) => {
    document.getElementById(`view-${name}`).checked = true
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return
    if (event.key === 'Escape') {
      hide()
      filter.value = ''
      filter.blur()
      chosen = undefined
      choose(undefined)
      return
    }
    if (event.target.matches('input[type=search]')) return
    const actions = {
      n: () => move('.finding', 1),
      p: () => move('.finding', -1),
      j: () => move('.file', 1),
      k: () => move('.file', -1),
      u: () => view('unified'),
      s: () => view('split'),
      '/': () => filter.focus(),
      '?': () => keys.showModal(),
    }
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (arrow && !event.target.matches('input') && moveLine(arrow)) event.preventDefault()
    else if (Object.hasOwn(actions, event.key)) {
      event.preventDefault()
      actions[event.key]()
    }
  })
}
