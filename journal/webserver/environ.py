"""What the web server adds to the environment of a request."""

REFUSED = "selftrust.refused"  # the status of a request without a view, whose body was not read
ENDING = "selftrust.ending"  # true once this process was asked to end
TURNED_AWAY = "selftrust.turned_away"  # why the application answers 503
SHED = "selftrust.shed"  # there is too much to do for this one; its body is there
ARRIVED = "selftrust.arrived"  # when all of the request was there, on the monotonic clock
