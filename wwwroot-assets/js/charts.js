// Draws what one attempt or one node used, with Apache ECharts. The samples come from the API, never over the page's connection.

import { zoneName } from './times.js';

const open = new Map();
let library = null;

export function load(url) {
  if (globalThis.echarts) {
    return Promise.resolve(globalThis.echarts);
  }

  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(url, document.baseURI);
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => {
      library = null;
      reject(new Error('the chart library did not load'));
    };
    document.head.append(script);
  });
  return library;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(value) {
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }

  return `${Number(amount.toPrecision(3))} ${units[unit]}`;
}

export function seconds(value) {
  if (value < 60) {
    return `${Number(value.toFixed(1))} s`;
  }
  if (value < 3600) {
    return `${Math.floor(value / 60)} min${value % 60 >= 1 ? ` ${Math.floor(value % 60)} s` : ''}`;
  }
  return `${Math.floor(value / 3600)} h${value % 3600 >= 60 ? ` ${Math.floor(value % 3600 / 60)} min` : ''}`;
}

// The time of the day, as exact as so many seconds need it.
function clock(span) {
  const exact = span < 600 ? { second: '2-digit' } : {};
  return value => new Date(value * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zoneName(), ...exact });
}

function percent(value) {
  return `${Math.round(value)} %`;
}

function count(unit) {
  return value => `${value / 100} ${unit}${value > 100 ? 's' : ''}`;
}

// Few lines at round numbers, which for memory are powers of two.
export function scale(value, smallest) {
  let interval = smallest;
  while (value > interval * 4) {
    interval *= 2;
  }

  return { max: Math.ceil(value / interval) * interval, interval };
}

function options(points, { name, format, smallest, bound, boundWord, bounded, byClock, color, ink, soft, line, surface }) {
  const highest = points.reduce((most, point) => Math.max(most, point[1]), Math.max(bound, 1));
  // Some room above the highest value, for the label of the requested one.
  const { max, interval } = scale(highest * 1.1, smallest);
  return {
    animation: false,
    grid: { left: 64, right: 14, top: 10, bottom: 24 },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      trigger: 'axis', transitionDuration: 0, confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 },
      valueFormatter: format,
      axisPointer: { lineStyle: { color: soft }, label: { show: false } },
    },
    xAxis: {
      type: 'value', min: byClock ? points[0][0] : 0, max: Math.max(points.at(-1)[0], byClock ? points[0][0] + 1 : 1), splitNumber: 3,
      axisLabel: { formatter: byClock ? clock(points.at(-1)[0] - points[0][0]) : seconds, color: soft, fontSize: 11, hideOverlap: true, showMaxLabel: false }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, splitLine: { show: false },
    },
    yAxis: {
      type: 'value', min: 0, max, interval,
      axisLabel: { formatter: format, color: soft, fontSize: 11 }, splitLine: { lineStyle: { color: line } },
    },
    series: [{
      name, type: 'line', data: points, showSymbol: points.length < 3, symbolSize: 5, lineStyle: { width: 2, color }, itemStyle: { color }, areaStyle: { color, opacity: 0.12 },
      markLine: bound > 0
        ? { silent: true, symbol: 'none', data: [{ yAxis: bound }], lineStyle: { color: soft, type: 'dashed', width: 1.5 },
            label: { formatter: `${boundWord} ${bounded(bound)}`, position: 'insideEndTop', color: soft, fontSize: 11 } }
        : undefined,
    }],
  };
}

function draw(state) {
  const style = getComputedStyle(state.root);
  const color = name => style.getPropertyValue(name).trim();
  const ways = {
    memory: { name: 'Memory', format: bytes, bounded: bytes, smallest: 1024, color: color('--torc-series-1') },
    cpu: { name: 'CPU', format: percent, bounded: count('CPU'), smallest: 50, color: color('--torc-series-2') },
    gpu: { name: 'GPU', format: percent, bounded: count('GPU'), smallest: 50, color: color('--torc-series-2') },
    gpu_memory: { name: 'GPU memory', format: bytes, bounded: bytes, smallest: 1024, color: color('--torc-series-1') },
  };
  for (const element of state.root.querySelectorAll('[data-series]')) {
    const series = element.dataset.series;
    const points = state.points.filter(point => point[series] !== undefined).map(point => [point.at, point[series]]);
    element.dataset.points = String(points.length);
    element.dataset.max = String(points.reduce((highest, point) => Math.max(highest, point[1]), 0));
    if (points.length === 0) {
      continue;
    }

    let chart = state.charts.get(element);
    if (!chart) {
      chart = state.echarts.init(element);
      state.charts.set(element, chart);
      state.resizes.observe(element);
    }

    chart.setOption(options(points, {
      ...ways[series], bound: Number(element.dataset.bound), boundWord: element.dataset.boundWord, byClock: state.byClock,
      ink: color('--mud-palette-text-primary'), soft: color('--mud-palette-text-secondary'), line: color('--mud-palette-lines-default'), surface: color('--mud-palette-surface'),
    }), { notMerge: true });
  }

  state.root.dataset.points = String(state.points.length);
  state.root.dataset.ready = 'true';
}

async function refresh(state) {
  if (state.loading) {
    state.again = true;
    return;
  }

  state.loading = true;
  do {
    state.again = false;
    try {
      const answer = await fetch(new URL(state.url, document.baseURI), { headers: { Accept: 'application/json' } });
      if (!answer.ok) {
        continue;
      }

      const samples = await answer.json();
      const from = Date.parse(state.from ?? samples[0]?.at);
      state.points = samples.map(sample => ({
        at: state.byClock ? Date.parse(sample.at) / 1000 : Math.max(0, (Date.parse(sample.at) - from) / 1000),
        memory: sample.memory, cpu: sample.cpu_percent, gpu: sample.gpu_percent, gpu_memory: sample.gpu_memory,
      }));
      if (state.points.length > 0) {
        state.echarts ??= await load(state.library);
      }

      if (open.get(state.root) === state) {
        draw(state);
      }
    } catch {
      // Not connected: the chart stays as it is, and the next sample asks again.
    }
  } while (state.again && open.get(state.root) === state);
  state.loading = false;
}

export function show(root, url, from, libraryUrl) {
  if (!root) {
    // It has gone while this script was loaded.
    return undefined;
  }

  let state = open.get(root);
  if (!state) {
    state = {
      root, points: [], charts: new Map(), loading: false, again: false, echarts: null,
      resizes: new ResizeObserver(entries => entries.forEach(entry => state.charts.get(entry.target)?.resize())),
    };
    open.set(root, state);
  }

  Object.assign(state, { url, from, library: libraryUrl, byClock: root.dataset.by === 'clock' });
  return refresh(state);
}

export function stop(root) {
  const state = open.get(root);
  open.delete(root);
  state?.resizes.disconnect();
  state?.charts.forEach(chart => chart.dispose());
}

document.addEventListener('torc-theme', () => open.forEach(state => state.points.length > 0 && state.echarts && draw(state)));
