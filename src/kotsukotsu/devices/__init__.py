"""What devices on the local network say, behind one small interface (`model.Device`); a broken one is set aside.

echonet/    ECHONET Lite over UDP: smart meter, photovoltaics, battery, charger and discharger of a car
mqtt.py     values that an EMS publishes through an MQTT broker
fleet.py    all devices asked one after another
"""
