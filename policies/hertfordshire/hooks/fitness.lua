-- Smoking before a planned operation: eight weeks without, confirmed by a carbon monoxide breath test
-- (East and North Hertfordshire CCG and Herts Valleys CCG, Fitness for surgery, October 2017).
--
-- In Lua for its sentences: the referrer is told which step of the pathway is missing, and only what that step needs is
-- looked at.

local weeks_without = 8

local function smoking(status, quit, carbon_monoxide_clear, referred)
  if status == "never" then return true, "Has never smoked" end
  if status == "current" then return false, "Smokes" end
  if carbon_monoxide_clear == false then return false, "The breath test does not confirm that smoking has stopped" end
  if status == nil or quit == nil or referred == nil then return nil end
  if weeks_from(quit, referred) < weeks_without then
    return false, "Stopped smoking less than eight weeks before the referral"
  end
  if carbon_monoxide_clear == nil then return nil end
  return true, "Stopped smoking at least eight weeks before the referral, and the breath test confirms it"
end

return { smoking = smoking }
