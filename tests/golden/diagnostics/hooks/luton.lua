-- The script that the examples of the pages and of the language reference name.
return {
  smoking = function(status, quit, referred)
    if status == nil then return nil end
    if status == "never" then return true, "has never smoked" end
    if quit == nil or referred == nil then return nil end
    return weeks_from(quit, referred) >= 8
  end,
}
