local M = {}
local bands = { asian = 27.5, other = 30 }
local function band(g) return bands[g] or bands.other end
function M.f(yes, n) if not pcall(band) then error({}) end return n < band("asian") end
return M
