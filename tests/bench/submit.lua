-- The example referrals in turn, each with ids of its own, put together before the first is sent.
local requests, number = {}, 0
local threads = 0

function setup(thread)
  thread:set("thread", threads)
  threads = threads + 1
end

function init()
  local bodies = {}
  for line in io.lines(os.getenv("PROVISO_BENCH_REFERRALS")) do bodies[#bodies + 1] = line end
  for i = 1, 20000 do
    local body = bodies[i % #bodies + 1]:gsub('"id": *"[^"]*"', '"id": "R-' .. thread .. "-" .. i .. '"', 1)
    requests[i] = wrk.format("POST", "/v1/decide", {["Content-Type"] = "application/json"}, body)
  end
end

function request()
  number = number % #requests + 1
  return requests[number]
end
