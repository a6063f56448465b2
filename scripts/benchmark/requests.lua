-- wrk sends the prepared requests of a file in turn, one a line: METHOD<TAB>PATH<TAB>BODY.
-- In path and body {{unique}} becomes a number used once, {{random}} a value, {{now}} the time.
local requests, position, sent, run = {}, 0, 0, "0"
local headers = { ["Content-Type"] = "application/json" }
local fill = {
  unique = function() return run .. "-" .. sent end,
  random = function() return string.format("%.2f", math.random() * 120) end,
  now = function() return os.date("!%Y-%m-%dT%H:%M:%S") .. string.format(".%06dZ", sent % 1000000) end,
}

function init(arguments)
  run = arguments[2]
  math.randomseed(tonumber(run) % 2147483647)
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%u+)\t([^\t]*)\t(.*)$")
    local open = (path .. body):find("{{", 1, true) ~= nil
    requests[#requests + 1] = {
      method = method, path = path, body = body ~= "" and body or nil, open = open,
      ready = not open and wrk.format(method, path, headers, body ~= "" and body or nil) or nil,
    }
  end
  position = math.random(#requests)
end

local function filled(text)
  return text and (text:gsub("{{(%a+)}}", function(name) return fill[name]() end))
end

function request()
  position = position % #requests + 1
  sent = sent + 1
  local next = requests[position]
  return next.ready or wrk.format(next.method, filled(next.path), headers, filled(next.body))
end

function done(summary, latency)
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.3f, "refused": %d, "broken": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
